package actor_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"readout/conllu"
	"readout/doc"
	"readout/news/actor"
)

// The stage finds one actor for all the words that speak of somebody.
func ExampleStage_Run() {
	d := conllu.MustDoc(`
		1 Kenyan Kenyan ADJ JJ _ 2 amod _ _
		2 President President PROPN NNP _ 3 nmod:desc _ _
		3 Amina Amina PROPN NNP _ 5 nsubj _ NER=B-PER
		4 Diallo Diallo PROPN NNP _ 3 flat _ NER=I-PER
		5 left leave VERB VBD _ 0 root _ _

		1 The the DET DT _ 2 det _ _
		2 president president NOUN NN _ 3 nsubj _ _
		3 smiled smile VERB VBD _ 0 root _ _`)
	d.Has |= doc.LayerNames
	stage, err := actor.New(actor.Config{})
	if err != nil {
		log.Fatal(err)
	}
	if err := stage.Run(context.Background(), d); err != nil {
		log.Fatal(err)
	}
	for id, a := range d.Actors {
		var words []string
		for _, m := range d.Mentions {
			if m.Actor == doc.ActorID(id) {
				words = append(words, d.Slice(m.Span))
			}
		}
		fmt.Printf("%s, %s, %s: %s\n", a.Name, a.Kind, a.Code, strings.Join(words, " | "))
	}
	// Output:
	// Amina Diallo, person, KENGOV: Kenyan President Amina Diallo | Amina Diallo | The president
}
