{ scope, fake }:
let
  inherit (scope) variants;
  inherit (fake.pkgs.python3) pkgs;
  of =
    set: name:
    variants.of set {
      inherit name;
      attr = name;
    };
  sql = fake.drv {
    pname = "SQLAlchemy";
    version = "1";
  };
in
{
  otherVersions = {
    expr = of pkgs "django";
    expected = [
      "django_4"
      "django_5"
    ];
  };
  # There need not be one without an ending. What is there besides is not looked at.
  endings = {
    expr = of {
      sqlalchemy10 = sql;
      sqlalchemy_0 = sql;
      sqlalchemy_1_4 = sql;
      sqlalchemy_2_0_41 = sql;
      sqlalchemy = throw "looked at";
      sqlalchemy-utils = throw "looked at";
      sqlalchemy0 = throw "looked at";
      sqlalchemy_ = throw "looked at";
      sqlalchemy_1_4-stubs = throw "looked at";
      sqlalchemy_stubs = throw "looked at";
      sqlalchemy2x = throw "looked at";
      a_1 = throw "looked at";
      sql_1 = throw "looked at";
      z_1 = throw "looked at";
    } "sqlalchemy";
    expected = [
      "sqlalchemy10"
      "sqlalchemy_0"
      "sqlalchemy_1_4"
      "sqlalchemy_2_0_41"
    ];
  };
  # jinja2 is a project of its own.
  anotherProject = {
    expr = of pkgs "jinja";
    expected = [ ];
  };
  isOf = {
    expr = map (variants.isOf "django") [
      "django"
      "django_4"
      "django4"
      "django_0"
      "django_4_2"
      "django0"
      "django_x"
      "djangorestframework"
      "dj"
    ];
    expected = [
      true
      true
      true
      true
      true
      false
      false
      false
      false
    ];
  };
}
