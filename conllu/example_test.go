package conllu_test

import (
	"fmt"
	"os"
	"strings"

	"readout/conllu"
)

func ExampleMustDoc() {
	d := conllu.MustDoc(`
		# text = She left.
		1  She   she    PRON   2  nsubj
		2  left  leave  VERB   0  root
		3  .     .      PUNCT  2  punct
	`)
	fmt.Println(d.Text, d.Form(d.Head(0)), d.Has)
	// Output: She left. left text+tags+tree
}

// Given sentences keep their comments and ids; the annotation is a stage's own.
func ExampleUpdate() {
	in := "# sent_id = a\n1\tShe\t_\t_\t_\t_\t_\t_\t_\t_\n2\tleft\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
	sentences, err := conllu.Read(strings.NewReader(in), "in.conllu")
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := conllu.Document(sentences)
	if err != nil {
		fmt.Println(err)
		return
	}
	// … the stages run on d …
	out, err := conllu.Update(sentences, d)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := conllu.Write(os.Stdout, out[:1]); err != nil {
		fmt.Println(err)
	}
	fmt.Println(d.Text)
	// Output:
	// # sent_id = a
	// 1	She	_	_	_	_	_	_	_	_
	// 2	left	_	_	_	_	_	_	_	SpaceAfter=No
	// 3	.	_	_	_	_	_	_	_	_
	//
	// She left.
}
