{ sdist, wheel, ... }:
let
  inherit (builtins) match substring;

  subdirectoryOf = entry: (entry.vcs or entry.archive or entry.directory).subdirectory or null;

  # A source out of version control does not say its version to backends that ask version control for it.
  scm =
    entry:
    let
      commit = substring 0 7 (entry.vcs.commit-id or "0000000");
      version = entry.version or "0+g${commit}";
    in
    {
      SETUPTOOLS_SCM_PRETEND_VERSION = version;
      PDM_BUILD_SCM_VERSION = version;
      POETRY_DYNAMIC_VERSIONING_BYPASS = version;
    };
in
/*
  The providers `direct` and `tag`: a package of the lock from where a requirement refers to, a wheel or a source that is
  built as an sdist is, or from the tag of a repository.

  Type: direct :: { fetch :: AttrSet -> derivation | string, entry :: AttrSet, … } -> derivation

  Example:
    direct { entry = { name = "hello"; vcs = { … }; … }; … }
    => «derivation …-python3.12-hello-1.0.drv»
*/
{
  fetch,
  build,
  testing,
  entry,
  ...
}@args:
let
  common = removeAttrs args [
    "build"
    "testing"
  ];
  file = baseNameOf (entry.archive.url or entry.archive.path or "");
  subdirectory = subdirectoryOf entry;
in
if match ".*\\.whl" file != null then
  wheel (
    common
    // {
      entry = entry // {
        wheels = [ (entry.archive // { name = file; }) ];
      };
      inherit (entry.tool.mach) provider;
    }
  )
else
  sdist (
    common
    // {
      inherit build testing;
      fetch = _: fetch { inherit entry; };
      entry = {
        version = "0";
        sdist = null;
      }
      // entry;
      attrs =
        scm entry
        // (if subdirectory == null then { } else { setSourceRoot = ''sourceRoot=$(echo */${subdirectory})''; });
      inherit (entry.tool.mach) provider;
    }
  )
