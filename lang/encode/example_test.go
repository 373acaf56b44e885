package encode_test

import (
	"context"
	"fmt"

	"readout/conllu"
	"readout/lang/encode"
	"readout/lang/name"
	"readout/lang/vector"
	"readout/models"
)

// An encoder mends the tags it is given and writes the tree.
func ExampleEncoder_Run() {
	known, err := known()
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := models.Encode()
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err := encode.Load(encode.Config{Vectors: known.Vectors, Marker: &name.Marker{Known: known}}, f)
	if err != nil {
		fmt.Println(err)
		return
	}
	d := conllu.MustDoc(`
1	The	the	DET	DT	_	_	_	_	_
2	envoys	envoy	NOUN	NNS	_	_	_	_	_
3	met	meet	VERB	VBD	_	_	_	_	_
4	in	in	ADP	IN	_	_	_	_	_
5	Cairo	Cairo	PROPN	NNP	_	_	_	_	_
6	.	.	PUNCT	.	_	_	_	_	_

`)
	if err := e.Run(context.Background(), d); err != nil {
		fmt.Println(err)
		return
	}
	for i := range int32(d.Len()) {
		fmt.Println(d.Form(i), d.UPOS(i), d.Head(i), d.Deprel(i))
	}
	// Output:
	// The DET 1 det
	// envoys NOUN 2 nsubj
	// met VERB -1 root
	// in ADP 4 case
	// Cairo PROPN 2 obl
	// . PUNCT 2 punct
}

// known is what the model was trained with, but for the gazetteer.
func known() (k name.Known, err error) {
	f, err := models.Vectors()
	if err != nil {
		return k, err
	}
	if k.Vectors, err = vector.Load(f); err != nil {
		return k, err
	}
	if f, err = models.Name(); err != nil {
		return k, err
	}
	k.Lists, err = name.LoadLists(f)
	return k, err
}
