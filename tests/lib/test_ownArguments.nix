{ scope, fake }:
let
  shared = scope.ownArguments {
    tag = {
      type = "text";
      is = builtins.isString;
      line = ''tag = "latest";'';
      called = [ "version" ];
    };
  };
in
{
  leftOut = {
    expr = shared {
      tag = "1";
      lock = ./lock.toml;
    };
    expected = {
      lock = ./lock.toml;
    };
  };
  # What is near none of them is for `arguments` to judge.
  strangersStay = {
    expr = shared { requirments = "a"; };
    expected = {
      requirments = "a";
    };
  };
  anotherType = {
    expr = fake.stops (shared { tag = 1; });
    expected = true;
  };
  misspelled = {
    expr = fake.stops (shared { tga = "1"; });
    expected = true;
  };
  knownByAnotherName = {
    expr = fake.stops (shared { version = "1"; });
    expected = true;
  };
}
