package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"readout/eval"
)

// evalClaims scores the verdicts on claims, where the examples are at hand.
func evalClaims(ctx context.Context, e evalEnv) error {
	list, err := eval.Claims(ctx, e.reader, "examples/black-sea-grain-2022/articles", "eval/testdata/claims.tsv")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprint(e.out, eval.FormatClaims(list))
	if !e.failed {
		return nil
	}
	for i := range list {
		if list[i].Part != "held" { // that half is only measured
			for _, w := range list[i].Wrong {
				fmt.Fprintf(e.out, "  %s\n", w)
			}
		}
	}
	return nil
}
