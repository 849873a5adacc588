# Setup hook: makeWrapper FILE WRAPPER OPTION…, and wrapProgram PROGRAM OPTION…, which wraps in place.
#
#   --set NAME VALUE          --set-default NAME VALUE   --unset NAME
#   --prefix NAME SEP VALUE   --suffix NAME SEP VALUE    --add-flags FLAGS   --append-flags FLAGS
#   --inherit-argv0           --argv0 NAME               --run COMMAND       --chdir DIR

makeWrapper() {
  local original=$1 wrapper=$2 argv0='$0' before="" after=""
  shift 2
  [ -x "$original" ] || {
    echo "makeWrapper: Cannot wrap '$original' because it is not an executable file" >&2
    return 1
  }
  mkdir -p "$(dirname "$wrapper")"
  {
    printf '#!%s -e\n' "$SHELL"
    while [ $# -gt 0 ]; do
      case $1 in
      --set) printf 'export %s=%q\n' "$2" "$3" && shift 3 ;;
      --set-default) printf 'export %s=${%s-%q}\n' "$2" "$2" "$3" && shift 3 ;;
      --unset) printf 'unset %s\n' "$2" && shift 2 ;;
      --run) printf '%s\n' "$2" && shift 2 ;;
      --chdir) printf 'cd %q\n' "$2" && shift 2 ;;
      --prefix) printf 'export %s=%q${%s:+%q$%s}\n' "$2" "$4" "$2" "$3" "$2" && shift 4 ;;
      --suffix) printf 'export %s=${%s:+$%s%q}%q\n' "$2" "$2" "$2" "$3" "$4" && shift 4 ;;
      --add-flag) before="$before $(printf %q "$2")" && shift 2 ;;
      --add-flags) before="$before $2" && shift 2 ;;
      --append-flags) after="$after $2" && shift 2 ;;
      --argv0) argv0=$2 && shift 2 ;;
      --inherit-argv0) shift ;;
      *)
        echo "makeWrapper doesn't understand the arg $1" >&2
        return 1
        ;;
      esac
    done
    printf 'exec -a "%s" %q%s "$@"%s\n' "$argv0" "$original" "$before" "$after"
  } >"$wrapper"
  chmod +x "$wrapper"
}

wrapProgram() {
  local program=$1 hidden
  shift
  hidden="$(dirname "$program")/.$(basename "$program")-wrapped"
  while [ -e "$hidden" ]; do
    hidden="${hidden}_"
  done
  mv "$program" "$hidden"
  makeWrapper "$hidden" "$program" "$@"
}
