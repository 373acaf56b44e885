package readout_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"readout"
	"readout/reading"
)

func ExampleReader_Read() {
	r, err := readout.New(readout.Config{})
	if err != nil {
		log.Fatal(err)
	}
	d, err := r.Read(context.Background(), readout.Article{
		Text:      "President Emmanuel Macron met Chancellor Angela Merkel in Berlin on Monday.",
		Published: time.Date(2021, time.June, 22, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		log.Fatal(err)
	}
	said := reading.New(d, readout.Model)
	for _, e := range said.Events {
		fmt.Println(e.Kind, e.Status, e.Place.Name, e.Time.From)
	}
	for _, a := range said.Actors {
		if a.Kind == "person" {
			fmt.Println(a.Name, a.Code)
		}
	}
	// Output:
	// meeting occurred Berlin 2021-06-21
	// Emmanuel Macron FRAGOV
	// Angela Merkel DEUGOV
}
