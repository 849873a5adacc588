{ fail, ... }:
let
  # The versions of the two parts of a lock that this library reads.
  lockVersion = "1.0";
  machVersion = 1;

  # What [tool.mach] says, after all packages: without it the end of the file is missing.
  tail = [
    "version"
    "requirements"
    "python"
    "systems"
  ];
in
/*
  A lock from its text, checked as far as it says what it is. `where` names it in errors, and `relock` is the
  command that makes a new one.

  Type: readLock :: { text :: string, where :: string, relock :: string } -> AttrSet

  Example:
    readLock { text = builtins.readFile ./pylock.toml; where = "./pylock.toml"; relock = "mach lock …"; }
    => { lock-version = "1.0"; packages = [ … ]; tool.mach = { … }; … }
*/
{
  text,
  where,
  relock,
}:
let
  # Nix's own message about text that is no TOML can only be added to.
  lock = builtins.addErrorContext "while reading the lock ${where}; for a new one: ${relock}" (
    builtins.fromTOML text
  );
  length = builtins.stringLength text;
  stop =
    what:
    fail {
      inherit what where;
      hint = relock;
    };
  mach = lock.tool.mach or { };
in
if length > 0 && builtins.substring (length - 1) 1 text != "\n" then
  stop "the lock is cut off in the middle of its last line"
else if lock.lock-version or null == null then
  stop "this is no lock: it has no `lock-version` (PEP 751)"
else if lock.lock-version != lockVersion then
  stop ''the lock is of lock-version "${toString lock.lock-version}", this mach reads "${lockVersion}"''
else if !(lock ? tool.mach) && lock.created-by or null != "mach" then
  stop "the lock was not written by mach: it has no [tool.mach] table"
else if mach.version or machVersion != machVersion then
  stop "the lock is of tool.mach.version ${toString mach.version}, this mach reads ${toString machVersion}"
else if !(builtins.all (key: mach ? ${key}) tail) then
  stop "the lock is cut off: its [tool.mach] table has not all of ${builtins.concatStringsSep ", " tail}"
else
  lock
  // {
    packages = lock.packages or [ ];
    tool = lock.tool // {
      mach = mach // {
        build = mach.build or [ ];
      };
    };
  }
