{ fail, interpreterAttr, ... }:
/*
  The interpreter that the argument `python` means: itself if it is a derivation, else the attribute of that name,
  or of that version.

  Type: interpreter :: { pkgs :: AttrSet, python :: derivation | string } -> derivation

  Example:
    interpreter { inherit pkgs; python = "python312"; }
    => pkgs.python312
*/
{ pkgs, python }:
if builtins.isString python then
  pkgs.${interpreterAttr python} or (fail {
    what = ''nixpkgs has no Python "${python}"'';
    where = "the argument `python`";
    hint = "python = pkgs.python3; (or another of: ${
      builtins.concatStringsSep " " (
        builtins.filter (name: builtins.match "(python|pypy)3[0-9]*" name != null) (builtins.attrNames pkgs)
      )
    })";
  })
else if python ? withPackages && python ? pkgs then
  python
else
  fail {
    what = "this is no Python interpreter of nixpkgs: it has no `pkgs` or no `withPackages`";
    where = "the argument `python`";
    hint = "python = pkgs.python3;";
  }
