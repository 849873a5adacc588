// Package sdist is what a source tree says of itself, without running anything: the tree of a project that is worked on,
// or an unpacked sdist. It is the only reader of pyproject.toml and its kin.
//
// # What counts
//
// A field (name, version, requires-python, dependencies, optional-dependencies) is that of the first of these that says
// it:
//
//  1. [project] of pyproject.toml, unless it is dynamic there (PEP 621);
//  2. PKG-INFO at the top: its name and version, and of its dependencies what is not dynamic, from version 2.2 on
//     (PEP 643);
//  3. the files of the build backend, which is that of [build-system] (PEP 517), else setuptools, or Poetry or flit if
//     there are tables of theirs.
//
// What none of them says is unknown, with the place and the reason: nothing is guessed. What setuptools recorded in a
// *.egg-info directory is kept beside it, for a caller who prefers that to a build.
//
// # Backends
//
//   - setuptools: [tool.setuptools.dynamic] with file and attr, then setup.py, then setup.cfg with file: and attr:.
//     Requirements of a file are one a line, without options.
//   - pbr, where setup.py gives setup pbr=True or pbr.build is the backend: requirements.txt, and [metadata] and [extras]
//     of setup.cfg (see pbr).
//   - Poetry: [tool.poetry], whose constraints (see constraint) become those of PEP 440. A dependency that an extra
//     names is of that extra alone. Beside [project] it counts for what is dynamic there, and, as Poetry has it, where
//     [project] has neither dependencies nor optional ones.
//   - flit: [tool.flit.metadata], and __version__ of the module.
//   - Hatch: [tool.hatch.version] with a path, and the plugin hatch-requirements-txt; any other metadata hook leaves
//     unknown what is dynamic.
//   - PDM: the version of a file.
//
// A version that comes out of a repository is unknown. A variable of a module is read if all that the module does with
// it is to set it once, to a text.
//
// # Groups
//
// Dependency groups are those of PEP 735; of Poetry (group.X, dev-dependencies); of PDM and uv (dev-dependencies); and
// environments of Hatch, each with what it needs beside the project. What several say of one name is added up. A
// requirement on the project itself in them stands for the extras that it names.
//
// # Where projects come from
//
// Sources and indexes are those of uv, Poetry and PDM, each in its tool's words: what all of them mean for one
// requirement says Taken. Where we differ: of several primary sources of Poetry, and of PDM's, which these tools take
// for one, the first that has a project serves it, and PDM's stand before the user's own index. A project of a workspace of
// uv (ReadDir) has what the root says of sources, indexes and constraints; of its own indexes those count that it
// names. In a repository or an archive there is no workspace, and paths to elsewhere in it are passed over.
//
// # Not obeyed
//
// Overrides and conflicts of uv, its no-index and index-strategy, verify_ssl of PDM, and overrides of environments of Hatch: each is
// a note.
package sdist
