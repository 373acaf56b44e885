package when_test

import (
	"context"
	"fmt"
	"time"

	"readout/conllu"
	"readout/lang/when"
)

func ExampleFinder_Run() {
	d := conllu.MustDoc(`
		1  They    they    PRON   2  nsubj
		2  met     meet    VERB   0  root
		3  for     for     ADP    5  case
		4  90      90      NUM    5  nummod
		5  minutes minute  NOUN   2  obl
		6  on      on      ADP    7  case
		7  Friday  Friday  PROPN  2  obl
		8  .       .       PUNCT  2  punct
	`)
	d.Published = time.Date(2025, 3, 5, 9, 0, 0, 0, time.UTC)
	if err := when.New(when.Config{}).Run(context.Background(), d); err != nil {
		fmt.Println(err)
		return
	}
	t := d.Times[0]
	fmt.Println(d.Slice(t.Span), t.Date(t.From), t.Unit)
	fmt.Println(d.Slice(d.Durations[0].Span), d.Durations[0].Minutes)
	// Output:
	// on Friday 2025-02-28 day
	// 90 minutes 90
}
