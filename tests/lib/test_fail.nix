{ scope, fake }:
{
  stops = {
    expr = fake.stops (
      scope.fail {
        what = "a";
        where = "b";
        hint = "c";
      }
    );
    expected = true;
  };
}
