{ fail, ... }:
let
  # The versions of the two parts of a lock that this library reads.
  lockVersion = "1.0";
  machVersion = 1;
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
  lock = builtins.fromTOML text;
  stop =
    what:
    fail {
      inherit what where;
      hint = relock;
    };
  mach = lock.tool.mach;
in
if lock.lock-version or null == null then
  stop "this is no lock: it has no `lock-version` (PEP 751)"
else if lock.lock-version != lockVersion then
  stop ''the lock is of lock-version "${toString lock.lock-version}", this mach reads "${lockVersion}"''
else if !(lock ? tool.mach) then
  stop "the lock was not written by mach: it has no [tool.mach] table"
else if mach.version or null != machVersion then
  stop "the lock is of tool.mach.version ${toString (mach.version or "(none)")}, this mach reads ${toString machVersion}"
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
