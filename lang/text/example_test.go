package text_test

import (
	"context"
	"fmt"

	"readout/doc"
	"readout/lang/text"
)

func ExampleSegmenter_Run() {
	d := &doc.Document{Text: "GENEVA (AP) — “We don't agree,” the U.S. envoy said. She left."}
	if err := text.New(text.Config{}).Run(context.Background(), d); err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range d.Sentences {
		fmt.Println(d.Slice(s))
	}
	fmt.Println(d.Dateline.Place, "|", d.Slice(d.Quotes[0].Span), "|", d.Slice(d.Words[0]))
	// Output:
	// GENEVA (AP) —
	// “We don't agree,” the U.S. envoy said.
	// She left.
	// GENEVA | “We don't agree,” | don't
}

func ExampleForms() {
	fmt.Printf("%q\n", text.Forms("John's long-term plan cannot wait."))
	// Output: ["John" "'s" "long" "-" "term" "plan" "can" "not" "wait" "."]
}
