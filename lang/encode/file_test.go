package encode

import (
	"errors"
	"math/rand/v2"
	"testing"

	"readout/weights"
)

// smallFile is the file of randomEncoder's network; change may damage it.
func smallFile(t testing.TB, change func(*Net, *Inputs, []Class) (*Net, *Inputs, []Class)) *weights.File {
	t.Helper()
	e := randomEncoder(t, Config{})
	table := make([]float32, len(e.table.Data))
	for i := range table {
		table[i] = float32(e.table.Data[i]) * e.table.Scales[i/e.net.Width]
	}
	net, in, classes := e.net, e.inputs, e.classes
	if change != nil {
		net, in, classes = change(net, in, classes)
	}
	b := &weights.Builder{Name: "toy"}
	Save(b, net, table, in, classes)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSaveAndLoad(t *testing.T) {
	e, err := Load(Config{}, smallFile(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	d := sentencesOf(rand.New(rand.NewPCG(5, 6)), 12, 30, 4)
	a, b := copyOf(d), copyOf(d)
	run(t, e, a)
	run(t, randomEncoder(t, Config{}), b)
	same(t, a, b)
}

func TestLoadRefuses(t *testing.T) {
	for name, change := range map[string]func(*Net, *Inputs, []Class) (*Net, *Inputs, []Class){
		"fewer classes than columns": func(n *Net, in *Inputs, c []Class) (*Net, *Inputs, []Class) { return n, in, c[1:] },
		"no class":                   func(n *Net, in *Inputs, c []Class) (*Net, *Inputs, []Class) { return n, in, nil },
		"unknown part of speech": func(n *Net, in *Inputs, c []Class) (*Net, *Inputs, []Class) {
			return n, in, append([]Class{{}}, c[1:]...)
		},
		"more words than rows": func(n *Net, in *Inputs, c []Class) (*Net, *Inputs, []Class) {
			other := *in
			other.count = 1000
			return n, &other, c
		},
		"a width that fits no network": func(n *Net, in *Inputs, c []Class) (*Net, *Inputs, []Class) {
			other := *n
			other.Width = 33
			return &other, in, c
		},
	} {
		e, err := Load(Config{}, smallFile(t, change))
		if !errors.Is(err, weights.ErrFormat) || e != nil {
			t.Errorf("%s: Load = %v, %v; want an error of the format", name, e, err)
		}
	}
}
