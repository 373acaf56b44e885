# Speed, and accuracy where the corpora are beside the checkout (DATA).
DATA ?= ../shared/data
SCORE ?= ../shared/score

.PHONY: bench speed accuracy build

build:
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o readout ./cmd/readout
	@ls -l readout

bench: speed accuracy

speed:
	CGO_ENABLED=0 go test -run '^$$' -bench . -benchmem ./...

accuracy:
	@if [ -d "$(DATA)" ]; then CGO_ENABLED=0 go run ./cmd/readout eval all --data "$(DATA)"; \
	else echo "accuracy: skipped: no corpora in $(DATA) (set DATA)"; fi
