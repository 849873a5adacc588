/*
  A database of a whole index, crawled by Nix's builders: one derivation a shard, which remote builders share out, and
  one that packs their records. mach has no scheduler of its own: whoever wants it daily builds this daily, with another
  date.

  A crawl asks the network, and what it answers is another thing each day. Nix knows three kinds of derivation that may
  ask the network, and none of them is made for this:

  - A fixed-output derivation has to know the hash of its result beforehand. Nobody knows that of a crawl: it would fail
    on the first day, and with yesterday's hash it would be yesterday's records for ever. So it is not offered here.
  - `way = "relaxed"`: an ordinary derivation with `__noChroot`, which a builder with `sandbox = relaxed` (or `false`) runs
    outside its sandbox. It has an ordinary output path, so that it is cached, can be substituted, and is input of others.
    Its name is a promise that is not kept to the byte: who builds it again gets what the index says then. `date` is
    part of it, so that another day is another derivation. This is the default.
  - `way = "impure"`: Nix's impure derivations (2.8 and later, experimental features impure-derivations and
    ca-derivations). It says what it is, and is built anew each time that it is asked for (by `nix build`:
    the nix-build of 2.8 cannot print its path). Only impure derivations may depend on it, so the packing is one too.

  A build that fails leaves nothing behind: the journal of `mach db crawl` is lost with the build directory. So shards
  should be small (more of them), and `since`, the shards' records of an earlier build, keeps what they have to read small.

  Type: crawl ::
    { pkgs, mach, date, indexUrl, shards ? 16, since ? null, requestsPerSecond ? 5, options ? "", way ? "relaxed" }
    -> { shards :: [ derivation ], records :: derivation, database :: derivation }

  A shard is a directory with records.jsonl and report.json, `records` one of all shards (for `since`), and `database` a
  file. With requestsPerSecond the index sees at most that many requests times the shards that are built at once.

  Example:
    import ./lib/database/crawl.nix {
      inherit pkgs;
      mach = (import ./. { inherit pkgs; }).helper { };
      date = "2026-01-31";
      indexUrl = "https://index.example/simple/";
    }
    => { database = «derivation …-pypi.xz.drv»; … }
*/
{
  pkgs,
  mach,
  date,
  indexUrl,
  shards ? 16,
  since ? null,
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
    ways.${way} or (fail {
      what = ''way = "${way}" is none: there are "relaxed" and "impure"'';
      where = "the arguments of lib/database/crawl.nix";
      hint = ''way = "relaxed";'';
    });
  # What depends on an impure derivation is one.
  packing = if way == "impure" then network else { };

  shard =
    n:
    pkgs.runCommand "pypi-${date}-${toString n}-of-${toString shards}"
      (
        network
        // {
          inherit date indexUrl;
          earlier = if since == null then "" else "--since ${since}/${toString n}.jsonl";
          # Builders on which nothing may be written but the output have no home, and need no cache.
          HOME = "/homeless-shelter";
        }
      )
      ''
        export SSL_CERT_FILE="''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}"
        mkdir "$out"
        ${mach}/bin/mach db crawl --all --shard ${toString n}/${toString shards} --index-url "$indexUrl" \
          --requests-per-second ${toString requestsPerSecond} ${options} $earlier \
          -o "$out/records.jsonl" --report "$out/report.json"
      '';
  all = builtins.genList (n: shard (n + 1)) shards;
in
{
  shards = all;

  records = pkgs.runCommand "pypi-${date}-records" packing ''
    mkdir "$out"
    n=0
    for shard in ${toString all}; do
      n=$((n + 1))
      ln -s "$shard/records.jsonl" "$out/$n.jsonl"
    done
  '';

  database = pkgs.runCommand "pypi-${date}.xz" packing ''
    ${mach}/bin/mach db build --date ${date} -o "$out" ${
      toString (map (shard: "${shard}/records.jsonl") all)
    }
  '';
}
