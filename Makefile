# One word per task. `make help` lists them.
# build/ holds the release build; build/dev and build/fuzz the other presets (CMakePresets.json).
PREFIX ?= /usr/local
SECONDS_EACH ?= 60
JOBS := $(shell nproc 2>/dev/null || echo 2)
CTEST := ctest --test-dir build --output-on-failure -j$(JOBS)

.PHONY: all demo test soak bench install deb fuzz clean help
.DEFAULT_GOAL := all

all:            ## build the program: build/sayso
	@tools/setup.sh build
	@test -f build/build.ninja || cmake --preset release -DSAYSO_TESTS=OFF
	@cmake --build build

demo: all       ## build, then read the example articles and print them
	@build/sayso read --format text --no-pager $(filter-out %/LICENSE-GUM.txt,$(wildcard examples/*.txt))

test:           ## build and run every test
	@tools/setup.sh build test deb
	@cmake --preset release -DSAYSO_TESTS=ON
	@cmake --build build
	@$(CTEST)

soak:           ## the long runs: tests marked soak, the tests with sanitizers, the fuzzers (SECONDS_EACH=3600)
	@tools/setup.sh build test fuzz deb
	@cmake --preset release -DSAYSO_TESTS=ON
	@cmake --build build
	@$(CTEST) -C soak -L soak
	@cmake --preset dev
	@cmake --build build/dev
	@ctest --test-dir build/dev --output-on-failure -j$(JOBS)
	@$(MAKE) fuzz

bench: all      ## the figures of docs/figures.md
	@tools/setup.sh test
	@bench/run

install: all    ## install below PREFIX (default /usr/local); DESTDIR is respected
	@cmake --install build --prefix $(PREFIX)

deb: all        ## a Debian package: build/sayso_*.deb
	@tools/setup.sh deb
	@cd build && cpack -G DEB

fuzz:           ## run every fuzzer for SECONDS_EACH (default 60)
	@tools/setup.sh build fuzz
	@cmake --preset fuzz
	@cmake --build build/fuzz
	@tools/fuzz.sh $(SECONDS_EACH)

clean:          ## remove everything that was built
	rm -rf build

help:           ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## */\t/' | expand -t 10
