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
      "django_x"
      "djangorestframework"
      "dj"
    ];
    expected = [
      true
      true
      true
      false
      false
      false
    ];
  };
}
