package event_test

import (
	"context"
	"fmt"
	"log"

	"readout"
)

// The stage runs as the last but one of the reader's.
func Example() {
	r, err := readout.New(readout.Config{})
	if err != nil {
		log.Fatal(err)
	}
	d, err := r.Read(context.Background(), readout.Article{
		Text: "Angela Merkel met Emmanuel Macron in Berlin on Monday.\n\nShe will host Narendra Modi in Hamburg if the ceasefire holds."})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range d.Events {
		fmt.Print(e.Kind, " ", e.Status)
		for _, p := range e.Participants {
			fmt.Print(", ", d.Actors[p.Actor].Name, " ", p.As)
		}
		fmt.Println(", in", e.Place.Name)
	}
	// Output:
	// meeting occurred, Angela Merkel participant, Emmanuel Macron participant, in Berlin
	// meeting conditional, Angela Merkel host, Narendra Modi visitor, in Hamburg
}
