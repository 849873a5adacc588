{
  fail,
  otherFile,
  userPath,
  ...
}:
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
  A lock from its text, checked as far as it says what it is. `where` names it in errors. `relock` is the command that
  makes it anew, `rewrite` the same where nothing of it can be kept, and `elsewhere` makes another one, where the file is
  of somebody else.

  Keys that are not known are passed over: what a reader has to know raises the version.

  Type: readLock :: { text, where, relock, rewrite ? string, elsewhere ? string } -> AttrSet

  Example:
    readLock { text = builtins.readFile ./pylock.toml; where = "./pylock.toml"; relock = "mach lock …"; }
    => { lock-version = "1.0"; packages = [ … ]; tool.mach = { … }; … }
*/
{
  text,
  where,
  relock,
  rewrite ? relock,
  elsewhere ? relock,
}:
let
  # Nix's own message about text that is no TOML can only be added to.
  lock = builtins.addErrorContext "while reading the lock ${where}; for a new one: ${rewrite}" (
    builtins.fromTOML text
  );
  length = builtins.stringLength text;
  stop =
    what: hint:
    fail {
      inherit what where hint;
    };
  mach = lock.tool.mach or { };
  packages = lock.packages or [ ];
  foreign = builtins.filter (entry: !(entry ? name && entry ? tool.mach.provider)) packages;

  isOther =
    what:
    if what == "empty" then
      stop "the lock is empty" relock
    else if what == "unmerged" then
      stop "git has left the marks of a merge in the lock" rewrite
    else if what == "a requirements file" then
      stop "this is no lock: it looks like ${what}" "requirements = ${(userPath where).nix};"
    else
      stop "this is no lock of mach: it looks like ${what}" (
        if builtins.substring 0 11 what == "the lock of" then from elsewhere else elsewhere
      );
  # The command that takes another tool's lock as it is, for the target of the one that makes a new lock.
  from =
    command:
    let
      target = builtins.match ".*( -o .*)" command;
    in
    "mach lock --from ${(userPath where).shell}${if target == null then "" else builtins.head target}";
  ofText = otherFile.ofText text;
  ofTOML = otherFile.ofTOML lock;
in
if ofText != null then
  isOther ofText
else if length > 0 && builtins.substring (length - 1) 1 text != "\n" then
  stop "the lock is cut off in the middle of its last line" rewrite
else if ofTOML != null then
  isOther ofTOML
else if lock.lock-version or null == null then
  stop "this is no lock: it has no `lock-version` (PEP 751)" elsewhere
else if lock.lock-version != lockVersion then
  stop ''the lock is of lock-version "${toString lock.lock-version}", this mach reads "${lockVersion}"'' rewrite
else if !(lock ? tool.mach) && lock.created-by or null != "mach" then
  stop "the lock was not written by mach: it has no [tool.mach] table" relock
else if mach.version or machVersion != machVersion then
  stop "the lock is of tool.mach.version ${toString mach.version}, this mach reads ${toString machVersion}" (
    if builtins.isInt mach.version && mach.version > machVersion then
      "nix flake update mach, or with this one: ${rewrite}"
    else
      rewrite
  )
else if !(builtins.all (key: mach ? ${key}) tail) then
  stop "the lock is cut off: its [tool.mach] table has not all of ${builtins.concatStringsSep ", " tail}" rewrite
else if foreign != [ ] then
  stop "the lock has an entry that is not of mach: ${(builtins.head foreign).name or "one without a name"}" rewrite
else
  lock
  // {
    inherit packages;
    tool = lock.tool // {
      mach = mach // {
        build = mach.build or [ ];
      };
    };
  }
