{
  fail,
  providers,
  readLock,
  requirementKeys,
  resolve,
  ...
}:
let
  inherit (builtins)
    concatStringsSep
    filter
    pathExists
    readFile
    ;

  missing = wanted: had: filter (key: !(builtins.elem key had)) wanted;

  # A lock that was not made just now must be for this interpreter and this system, and for the requirements if they
  # are given too. This goes for a fixed output as well: Nix does not make it again when the requirements change.
  check =
    {
      arguments,
      lock,
      where,
      relock,
    }:
    let
      inherit (arguments) python requirements;
      inherit (python.stdenv.hostPlatform) system;
      mach = lock.tool.mach;
      wanted = requirementKeys [ requirements ];
      had = requirementKeys mach.requirements;
      stop =
        what:
        fail {
          inherit what where;
          hint = relock;
        };
      list = keys: concatStringsSep ", " keys;
    in
    if mach.python != python.pythonVersion then
      stop ''the lock is for Python "${mach.python}", the interpreter is "${python.pythonVersion}"''
    else if mach.system != system then
      stop ''the lock is for "${mach.system}", nixpkgs is for "${system}"''
    else if requirements == null || wanted == null || had == null || wanted == had then
      lock
    else if missing wanted had != [ ] then
      stop "the lock is older than the requirements: it was not made for ${list (missing wanted had)}"
    else
      stop "the lock was made for requirements that are gone: ${list (missing had wanted)}";
in
/*
  The lock for the arguments of mkPython, by one of the three ways: read from a committed file, made by a derivation
  on the database, or made by a fixed-output derivation. `file` is where it stands, `lock` what it says.

  Type: lockFor :: AttrSet -> { file :: path | derivation, lock :: AttrSet }

  Example:
    lockFor (arguments { inherit pkgs; lock = ./pylock.toml; })
    => { file = ./pylock.toml; lock = { packages = [ … ]; … }; }
*/
arguments:
let
  inherit (arguments) python;
  relock =
    if arguments.lockHash != null then
      ''lockHash = ""; and then the hash that Nix says it got''
    else
      concatStringsSep " " (
        [
          "mach lock -r requirements.txt -o pylock.toml"
          "--python ${python.pythonVersion}"
          "--system ${python.stdenv.hostPlatform.system}"
        ]
        ++ providers arguments.providers
      );

  made = resolve {
    inherit (arguments)
      pkgs
      python
      requirements
      providers
      overridesPre
      database
      helper
      lockHash
      ;
  };
  file = if arguments.lock != null then arguments.lock else made;
  where = toString file;
  lock = readLock {
    text =
      if pathExists file then
        readFile file
      else
        fail {
          what = "there is no lock, or it is in a flake and git does not know it";
          inherit where;
          hint = "${relock} && git add pylock.toml";
        };
    inherit where relock;
  };
in
{
  inherit file;
  lock =
    if arguments.lock == null && arguments.lockHash == null then
      lock
    else
      check {
        inherit
          arguments
          lock
          where
          relock
          ;
      };
}
