{
  fail,
  installWheel,
  overridable,
  ...
}:
let
  inherit (builtins) filter head isAttrs;

  # Overrides of poetry2nix ask the source whether it is one.
  marked = file: if isAttrs file then file // { isWheel = true; } else file;

  # The wheel for a system: where an entry has several, it says which is whose.
  wheelFor =
    system: entry:
    let
      chosen = entry.tool.mach.wheel.${system} or null;
      found = filter (file: file.name == chosen) entry.wheels;
    in
    if !(entry.tool.mach ? wheel) then
      head entry.wheels
    else if found != [ ] then
      head found
    else
      fail {
        what = ''the lock does not say which wheel is for "${system}"'';
        where = "[[packages]] ${entry.name}";
        hint = "mach lock -r requirements.txt -o pylock.toml";
      };
in
/*
  The provider `wheel`: a package of the lock from its wheel for the system of `pkgs`.

  Type: wheel ::
    { pkgs, base, fetch :: AttrSet -> derivation, entry :: AttrSet, dependencies :: [derivation], fix ? { },
      provider ? "wheel" }
    -> derivation

  Example:
    wheel { inherit pkgs base; fetch = source …; entry = builtins.head lock.packages; dependencies = [ ]; }
    => «derivation …-python3.12-flask-3.1.0.drv»
*/
{
  pkgs,
  base,
  fetch,
  entry,
  dependencies,
  fix ? { },
  provider ? "wheel",
}:
let
  file = wheelFor pkgs.stdenv.hostPlatform.system entry;
in
overridable {
  inherit pkgs;
  inherit (entry) name;
  install =
    _:
    installWheel {
      inherit
        pkgs
        base
        dependencies
        fix
        ;
      inherit (entry) name version;
      file = file.name;
      wheel = marked (fetch { inherit entry file; });
      buildInputs = fix.buildInputs or [ ];
      passthru = { inherit provider; };
    };
}
