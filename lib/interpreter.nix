{
  fail,
  interpreterAttr,
  near,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elemAt
    filter
    isString
    match
    ;

  # The attribute that was meant by a name of a program, or by a version with more numbers: "python3.12", "3.12.4".
  meantBy =
    pkgs: python:
    let
      version = match "[a-z]*[ -]?([0-9])\\.?([0-9]+)(\\..*)?" python;
      attr = "python${elemAt version 0}${elemAt version 1}";
    in
    if version != null && pkgs ? ${attr} then attr else near python (known pkgs);
  known = pkgs: filter (name: match "(python|pypy)3[0-9]*" name != null) (attrNames pkgs);
in
/*
  The interpreter that the argument `python` means: itself if it is a derivation, else the attribute of that name,
  or of that version.

  Type: interpreter :: { pkgs :: AttrSet, python :: derivation | string } -> derivation

  Example:
    interpreter { inherit pkgs; python = "python312"; }
    => pkgs.python312
*/
{ pkgs, python }:
if isString python then
  pkgs.${interpreterAttr python} or (
    let
      meant = meantBy pkgs python;
    in
    fail {
      what = ''nixpkgs has no Python "${python}"${if meant == null then "" else '': do you mean "${meant}"?''}'';
      where = "the argument `python`";
      hint =
        if meant == null then
          "python = pkgs.python3; (or another of: ${concatStringsSep " " (known pkgs)})"
        else
          ''python = "${meant}";'';
    }
  )
else if python ? withPackages && python ? pkgs then
  python
else
  fail {
    what = "this is no Python interpreter of nixpkgs: it has no `pkgs` or no `withPackages`";
    where = "the argument `python`";
    hint = "python = pkgs.python3;";
  }
