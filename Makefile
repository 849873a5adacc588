# The tasks of the project. `make demo` and `make test` need a Debian machine with Go and nothing else: what is missing
# they install.

MACH := build/mach
export CGO_ENABLED := 0

.PHONY: build demo test test-go test-nix test-nix-all test-all fuzz bench database clean

build: $(MACH)

$(MACH): $(shell find helper overrides -name '*.go' -o -name '*.toml') go.mod go.sum
	go build -trimpath -ldflags '-s -w' -o $@ ./helper

# The main job, end to end, on real data.
demo: build
	tests/demo/run

# Everything that a change must pass: under 15 minutes of two cores.
test: test-go test-nix

test-go:
	tests/prepare
	go vet ./...
	go tool staticcheck ./...
	go test ./...

test-nix: build
	tests/lib/run
	tests/nixpkgs/run
	tests/integration/run
	tests/demo/run

# The tests of Nix on this machine's Nix, and on those of other Debians: root, and the network the first time.
test-nix-all: build
	tests/lib/run
	tests/nixpkgs/run
	tests/integration/run
	tests/generations/run

# What takes longer or needs the index: the standards against pypa/packaging, versions and locks beside uv's and pip's.
test-all: test
	tests/faults/run
	tests/fixes/run
	tests/foreign/run
	tests/inputs/run
	tests/packaging/run
	tests/peers/run
	tests/poetry2nix/run
	tests/poetry2nix/build-systems
	tests/projects/run
	tests/setuppy/run
	tests/standard/run

# Fuzzes every parser: make fuzz FUZZTIME=10m.
fuzz:
	tests/fuzzing/run

# The figures of BENCHMARKS.md.
bench: build
	tests/bench/run

# The projects of which the database says what their sdists are built with, beside those that have no wheels.
SDISTS := blinker,certifi,click,docutils,flask,flit-core,hatchling,idna,itsdangerous,jinja2,markupsafe,packaging,poetry-core,pyyaml,requests,setuptools,setuptools-scm,six,tqdm,urllib3,werkzeug,wheel

# Crawls the index that pip is configured with, and packs lib/database anew: some 3,000 requests.
database: build
	$(MACH) db crawl --projects lib/database/projects.txt --build-system $(SDISTS) -o build/records.jsonl
	$(MACH) db build build/records.jsonl -o lib/database/pypi.xz

clean:
	rm -rf build
