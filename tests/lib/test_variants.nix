{ scope, fake }:
let
  inherit (scope) variants;
  inherit (fake.pkgs.python3) pkgs;
in
{
  otherVersions = {
    expr = variants.of {
      set = pkgs;
      attr = "django";
      name = "django";
    };
    expected = [
      "django_4"
      "django_5"
    ];
  };
  # Neither needs there to be one without an ending.
  versionsOfTwoNumbers = {
    expr = variants.of {
      set = {
        sqlalchemy_1_4 = fake.drv {
          pname = "SQLAlchemy";
          version = "1";
        };
        sqlalchemy_0 = fake.drv {
          pname = "SQLAlchemy";
          version = "1";
        };
      };
      attr = "sqlalchemy";
      name = "sqlalchemy";
    };
    expected = [
      "sqlalchemy_0"
      "sqlalchemy_1_4"
    ];
  };
  # jinja2 is a project of its own.
  anotherProject = {
    expr = variants.of {
      set = pkgs;
      attr = "jinja";
      name = "jinja";
    };
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
