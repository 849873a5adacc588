# Facts for `requirements` on a Python set each attribute of which says so when it is evaluated, among `more` that nobody
# asks for; how many there are, and how many the facts speak of.
{
  pkgs ? import ../nixpkgs { },
  requirements ? "flask",
  more ? 10000,
}:
let
  mach = import ../.. { inherit pkgs; };
  inherit (builtins)
    genList
    listToAttrs
    mapAttrs
    trace
    ;
  facts = mach.facts {
    inherit requirements;
    overridesPre = [
      (
        _self: super:
        mapAttrs (name: value: trace "evaluated: ${name}" value) super
        // listToAttrs (
          genList (n: {
            name = "more-${toString n}";
            value = trace "evaluated: more-${toString n}" super.six;
          }) more
        )
      )
    ];
  };
in
{
  packages = map (one: one.attr) facts.packages;
  unusable = map (one: one.attr) facts.unusable;
}
