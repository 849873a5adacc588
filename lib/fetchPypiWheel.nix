{ pypiFile, ... }:
/*
  The wheel of a release in the index. Without a `hash` it is the best one for the interpreter `python`, which the
  database `db` knows; with its hash, and its tags where they are not py3-none-any, nixpkgs' fetchPypi is asked:
  `python`, `abi`, `platform` and `dist`. `file` is the name that the best one must have. Where `pkgs` is known, project,
  version and this name may be given one after the other, as in mach-nix.

  Type: fetchPypiWheel ::
    { pkgs, pname, version :: string, hash ? string, python ?, abi ?, platform ?, file ? string, db ?, filesUrl ?,
      helper ? } -> derivation

  Example:
    fetchPypiWheel { inherit pkgs; pname = "numpy"; version = "2.3.5"; python = "python312"; }
    => «derivation …-numpy-2.3.5-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl.drv»
*/
{ pkgs, ... }@args:
if args ? hash || args ? sha256 then
  pkgs.fetchPypi (
    {
      format = "wheel";
      python = "py3";
      dist = args.python or "py3";
    }
    // removeAttrs args [ "pkgs" ]
  )
else
  pypiFile (args // { wheel = true; })
