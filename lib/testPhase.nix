{
  attempt,
  normalizeName,
  projectName,
  ...
}:
let
  inherit (builtins)
    filter
    genericClosure
    isAttrs
    listToAttrs
    ;

  functions = ''
    machTestFail() {
      printf 'error: mach: %s\n  in %s\nhint: %s\n' "$1" "$2" "$3" >&2
      exit 1
    }
    machTestFiles() {
      find "$1" -name 'test_*.py' -o -name '*_test.py' -o -name tests.py
    }
  '';
in
/*
  The attributes of a check phase that runs the tests of a source, for packages that are built from one. They are run in
  a copy of the source without the modules that are installed, so that these are tested and not their source, by pytest
  if the set `set` of the environment has it, and else by unittest. `pytestFlags` and `unittestFlags` of a package are
  added. What pytest itself needs, pytest cannot test.

  A source without tests passes, with a word in the log, unless it `mustHave` some. Tests that cannot be run stop the
  build with what to do.

  Type: testPhase ::
    { pkgs, set :: AttrSet }
    -> { name :: string, mustHave :: bool } -> derivation
    -> { doCheck :: bool, nativeCheckInputs :: [derivation], checkPhase :: string }

  Example:
    testPhase { inherit pkgs; set = python.pkgs; } { name = "foo"; mustHave = true; } source
    => { doCheck = true; nativeCheckInputs = [ pytest ]; checkPhase = "…"; }
*/
{ pkgs, set }:
let
  inherit (set) python;
  pytest = attempt null (set.pytest or null);

  # A package may throw that is not for this Python, and then pytest would.
  modulesOf =
    package:
    filter (input: attempt false (isAttrs input && input ? pythonModule)) (
      attempt [ ] (package.propagatedBuildInputs or [ ])
    );
  needed = listToAttrs (
    map
      (found: {
        name = found.key;
        value = true;
      })
      (genericClosure {
        startSet = [
          {
            key = "pytest";
            package = pytest;
          }
        ];
        operator =
          found:
          map (package: {
            key = projectName package;
            inherit package;
          }) (modulesOf found.package);
      })
  );
  hasPytest =
    name:
    attempt false (pytest != null && !(pytest.meta.broken or false)) && !(needed ? ${normalizeName name});
in
{ name, mustHave }:
source:
let
  withPytest = hasPytest name;
in
{
  doCheck = true;
  nativeCheckInputs = if withPytest then [ pytest ] else [ ];
  checkPhase = ''
    runHook preCheck
    ${functions}
    (
      export HOME="$NIX_BUILD_TOP/home" PYTHONDONTWRITEBYTECODE=1
      mkdir -p "$HOME"
      cp -r ${source} "$NIX_BUILD_TOP/tested"
      chmod -R u+w "$NIX_BUILD_TOP/tested"
      cd "$NIX_BUILD_TOP/tested"
      installed=()
      for path in "$out/${python.sitePackages}"/*; do
        module=$(basename "$path")
        case $module in
        __pycache__ | *.dist-info | *.pth) ;;
        *)
          rm -rf "$module" "src/$module" "lib/$module"
          module=''${module%%.*}
          installed+=("$module")
          ;;
        esac
      done
      files=$(machTestFiles .)
      inPackage=$(for module in "''${installed[@]}"; do machTestFiles "$out/${python.sitePackages}/$module"; done 2>/dev/null || true)
      if [ -z "$files$inPackage" ]; then
        ${
          if mustHave then
            ''machTestFail "the source of ${name} has no tests" "${source}" "leave ${name} out of the argument tests"''
          else
            ''echo "mach: the source of ${name} has no tests"''
        }
      ${
        if withPytest then
          ''
            elif [ -n "$files" ]; then
              python -m pytest ''${pytestFlags-}
            else
              python -m pytest ''${pytestFlags-} --pyargs "''${installed[@]}"
          ''
        else
          ''
            elif echo "$files$inPackage" | xargs -d '\n' grep -lE '^ *(import|from) +pytest'; then
              machTestFail "the tests of ${name} are for pytest, ${
                if pytest == null then "which the environment does not have" else "which needs ${name} itself"
              }" "${source}" ${
                if pytest == null then
                  "'requirements = \"… pytest\";'"
                else
                  ''"_.${name}.doCheck = false;"''
              }
            elif [ -n "$files" ]; then
              for directory in tests test .; do
                if [ -d "$directory" ] && [ -n "$(machTestFiles "$directory")" ]; then
                  break
                fi
              done
              top=$directory
              if [ -e "$directory/__init__.py" ]; then
                top=.
              fi
              python -m unittest discover -s "$directory" -t "$top" ''${unittestFlags-}
            else
              for module in "''${installed[@]}"; do
                python -m unittest discover -s "$out/${python.sitePackages}/$module" -t "$out/${python.sitePackages}" ''${unittestFlags-}
              done
          ''
      }
      fi
    )
    runHook postCheck
  '';
}
