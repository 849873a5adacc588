/*
  A database of a whole index by Nix's builders: a derivation for each part of the index, which remote builders share out,
  and one that packs their records. mach has no scheduler of its own: whoever wants it daily builds this daily, with
  another date, and with what it made yesterday.

  Packing is an ordinary derivation, in any sandbox: give `records`, and nothing is crawled. A crawl asks the network, and
  is answered differently each day, which Nix has no kind of derivation for:

  - A fixed output has to have its hash beforehand, and nobody knows that of a crawl. So it is not offered.
  - `way = "relaxed"`, the default: an ordinary derivation with `__noChroot`, which a builder with `sandbox = relaxed` or
    `false` runs outside of its sandbox; another refuses it. Its output is cached, substituted and an input of others as
    any. That who builds it again gets the same bytes is not so, and `date`, which is part of it, is what tells one from the
    next.
  - `way = "impure"`: an impure derivation, of the experimental features impure-derivations and ca-derivations. It is
    built anew whenever it is asked for, by `nix build`. Only impure ones may depend on it, so that packing is one too.

  A build that fails leaves nothing, the journal of `mach db crawl` neither. So parts should be small (more of them), and
  `since` keeps what they have to read small.

  Type: crawl ::
    { pkgs, mach, date ? "", indexUrl ? "", parts ? 16, since ? null, before ? null, records ? null,
      requestsPerSecond ? 5, options ? "", way ? "relaxed" }
    -> { parts :: [ derivation ], records :: derivation, database :: derivation }

  Arguments that are not `mach db crawl`'s:

  - since: `records` of an earlier day, made with as many parts. What has not changed since then is not read again.
  - before: `database` of an earlier day. What has changed is appended to it.
  - records: a directory of directories with records.jsonl and report.json, as lib/database/crawl and this make them.
  - requestsPerSecond: of one part; the index sees as many times that as parts are crawled at once.

  Example:
    import ./lib/database/crawl.nix {
      inherit pkgs;
      mach = (import ./. { inherit pkgs; }).helper { };
      date = "2026-01-31";
      indexUrl = "https://index.example/simple/";
    }
    => { database = «derivation …-pypi-2026-01-31.xz.drv»; … }
*/
{
  pkgs,
  mach,
  date ? "",
  indexUrl ? "",
  parts ? 16,
  since ? null,
  before ? null,
  records ? null,
  requestsPerSecond ? 5,
  options ? "",
  way ? "relaxed",
}:
let
  inherit (import ../.) fail;

  ways = {
    relaxed.__noChroot = true;
    impure.__impure = true;
  };
  network =
    if records == null && (date == "" || indexUrl == "") then
      fail {
        what = "a crawl needs a date and an index";
        where = "the arguments of lib/database/crawl.nix";
        hint = ''date = "2026-01-31"; indexUrl = "https://index.example/simple/";'';
      }
    else
      ways.${way} or (fail {
        what = ''way = "${way}" is none: there are "relaxed" and "impure"'';
        where = "the arguments of lib/database/crawl.nix";
        hint = ''way = "relaxed";'';
      });
  # What depends on an impure derivation is one.
  packing = if records == null && way == "impure" then network else { };

  part =
    n:
    pkgs.runCommand "pypi-${date}-${toString n}-of-${toString parts}"
      (
        network
        // {
          inherit date indexUrl;
          earlier = if since == null then "" else "--since ${since}/${toString n}/records.jsonl";
          # Builders on which nothing may be written but the output have no home, and need no cache.
          HOME = "/homeless-shelter";
        }
      )
      ''
        export SSL_CERT_FILE="''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}"
        mkdir "$out"
        ${mach}/bin/mach db crawl --all --shard ${toString n}/${toString parts} --index-url "$indexUrl" \
          --requests-per-second ${toString requestsPerSecond} ${options} $earlier \
          -o "$out/records.jsonl" --report "$out/report.json"
      '';
  crawled = builtins.genList (n: part (n + 1)) parts;

  together =
    if records != null then
      records
    else
      pkgs.runCommand "pypi-${date}-records" packing ''
        mkdir "$out"
        n=0
        for part in ${toString crawled}; do
          n=$((n + 1))
          ln -s "$part" "$out/$n"
        done
      '';
in
{
  parts = crawled;
  records = together;

  database =
    pkgs.runCommand
      (if date == "" then "pypi.xz" else "pypi-${date}.xz")
      (
        packing
        // {
          records = together;
          before = if before == null then "" else before;
        }
      )
      ''
        set --
        for part in "$records"/*/; do
          set -- "$@" "$part/records.jsonl" --report "$part/report.json"
        done
        if [ -z "$before" ]; then
          ${mach}/bin/mach db build "$@" -o "$out"
        else
          cp "$before" "$out"
          chmod u+w "$out"
          ${mach}/bin/mach db update "$out" "$@"
        fi
        ${mach}/bin/mach db verify "$out"
      '';
}
