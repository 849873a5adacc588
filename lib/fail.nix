{ ... }:
/*
  Stop with a message of the three parts that every message of mach has: what is wrong, where, and what to do.

  Type: fail :: { what :: string, where :: string, hint :: string } -> never

  Example:
    fail {
      what = ''the lock is for Python "3.11", not "3.12"'';
      where = "pylock.toml";
      hint = "mach lock -r requirements.txt --python 3.12 -o pylock.toml";
    }
    => error: mach: the lock is for Python "3.11", not "3.12"
         in pylock.toml
       hint: mach lock -r requirements.txt --python 3.12 -o pylock.toml
*/
{
  what,
  where,
  hint,
}:
throw "mach: ${what}\n  in ${where}\nhint: ${hint}"
