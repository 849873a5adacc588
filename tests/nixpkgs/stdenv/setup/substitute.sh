# substitute INPUT OUTPUT EDIT…, where EDIT is one of
#
#   --replace-fail FROM TO   --replace-warn FROM TO   --replace-quiet FROM TO   --replace FROM TO
#   --subst-var NAME         --subst-var-by NAME TO
substitute() {
  local input=$1 output=$2 content from to mode
  shift 2
  [ -f "$input" ] || {
    echo "substitute(): ERROR: file '$input' does not exist" >&2
    return 1
  }
  content=$(cat "$input"; printf x)
  content=${content%x}
  while [ $# -gt 0 ]; do
    mode=$1
    case $mode in
    --replace | --replace-warn | --replace-fail | --replace-quiet)
      from=$2 to=$3
      shift 3
      ;;
    --subst-var)
      from="@$2@" to=${!2}
      shift 2
      ;;
    --subst-var-by)
      from="@$2@" to=$3
      shift 3
      ;;
    *)
      echo "substitute(): ERROR: Invalid command line argument: $1" >&2
      return 1
      ;;
    esac
    if [[ $content != *"$from"* ]]; then
      case $mode in
      --replace-fail)
        echo "substitute(): ERROR: pattern $(printf %q "$from") doesn't match anything in file '$input'" >&2
        return 1
        ;;
      --replace | --replace-warn)
        echo "substitute(): WARNING: pattern $(printf %q "$from") doesn't match anything in file '$input'" >&2
        ;;
      esac
    fi
    content=${content//"$from"/"$to"}
  done
  printf '%s' "$content" >"$output"
}

substituteInPlace() {
  local -a files=()
  while [ $# -gt 0 ] && [[ $1 != --* ]]; do
    files+=("$1")
    shift
  done
  local file
  for file in "${files[@]}"; do
    substitute "$file" "$file" "$@"
  done
}
