{ scope, fake }:
let
  of = said: scope.editable ({ lock = ./lock.toml; sources = [ ]; directories = [ ]; } // said);
  has = part: text: builtins.match ".*${part}.*" (builtins.replaceStrings [ "\n" ] [ " " ] text) != null;
in
{
  nothing = {
    expr = of { };
    expected = "";
  };
  aSourceBelowTheLock = {
    expr = has "machEditable 'lock.toml' 'project'" (of { sources = [ ./project ]; });
    expected = true;
  };
  aSourceWithoutALock = {
    expr = has "machEditable 'pyproject.toml' '.'" (of {
      lock = null;
      sources = [ ./project ];
    });
    expected = true;
  };
  aSourceElsewhere = {
    expr = fake.stops (of { sources = [ ../script ]; });
    expected = true;
  };
  aDirectoryOfTheLock = {
    expr = has "machEditable 'lock.toml' './a/b'" (of {
      directories = [
        {
          path = "./a";
          subdirectory = "b";
          editable = true;
        }
      ];
    });
    expected = true;
  };
}
