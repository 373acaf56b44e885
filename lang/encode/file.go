package encode

import (
	"fmt"

	"readout/doc"
	"readout/linear"
	"readout/nn"
	"readout/weights"
)

// Save adds a network, its table and its inputs to a model file. The table is
// rounded to eight bits.
func Save(b *weights.Builder, net *Net, table []float32, in *Inputs, classes []Class) {
	b.Uint32s("shape", []uint32{uint32(net.Width), uint32(net.Arc), uint32(net.Label), uint32(in.count), uint32(in.hashed), uint32(net.Vector), uint32(net.Names), uint32(in.marks)})
	upos, xpos := make([]string, len(classes)), make([]string, len(classes))
	for i, c := range classes {
		upos[i], xpos[i] = c.UPOS.String(), c.XPOS
	}
	b.Strings("class.upos", upos)
	b.Strings("class.xpos", xpos)
	b.Strings("deprels", names(doc.Deprels()))
	b.Strings("xpos", in.xpos)
	in.words.Save(b, "words")
	r := nn.NewRows(table, net.Width)
	b.Int8s("table", r.Data)
	b.Float32s("table.scales", r.Scales)
	b.Float32s("net", net.Flat)
	b.Float32s("reach", []float32{net.Reach})
}

func names[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.String()
	}
	return out
}

// Load makes the stage of a model file. It shares the file's bytes. Its errors
// wrap weights.ErrFormat.
func Load(cfg Config, f *weights.File) (*Encoder, error) {
	shape, err := f.Uint32s("shape")
	if err != nil {
		return nil, err
	}
	if len(shape) != 8 {
		return nil, fmt.Errorf("%w: %s: shape of %d numbers, want 8", weights.ErrFormat, f.Name, len(shape))
	}
	s := Shape{
		Width: int(shape[0]), Arc: int(shape[1]), Label: int(shape[2]),
		Deprels: len(doc.Deprels()), Reach: 1, Vector: int(shape[5]), Names: int(shape[6]),
	}
	count, hashed, marks := int(shape[3]), int(shape[4]), int(shape[7])
	const most = 4096
	if s.Width < 32 || s.Width%32 != 0 || s.Width > most || s.Arc < 1 || s.Arc > most || s.Label < 1 || s.Label > most || s.Vector < 0 || s.Vector > most || s.Names < 0 || s.Names > most ||
		count < 1 || count > 1<<16 || hashed < 1 || hashed > 1<<24 || hashed&(hashed-1) != 0 || marks > most {
		return nil, fmt.Errorf("%w: %s: shape %d is out of bounds", weights.ErrFormat, f.Name, shape)
	}
	classes, err := loadClasses(f)
	if err != nil {
		return nil, err
	}
	s.Tags = len(classes)
	if err := sameNames(f, "deprels", names(doc.Deprels())); err != nil {
		return nil, err
	}
	xpos, err := f.Strings("xpos")
	if err != nil {
		return nil, err
	}
	words, err := linear.LoadDict(f, "words", count)
	if err != nil {
		return nil, err
	}
	in := NewInputs(words, count-1, xpos, hashed, marks)
	table := nn.Rows{Width: s.Width}
	if table.Data, err = f.Int8s("table"); err != nil {
		return nil, err
	}
	if table.Scales, err = f.Float32s("table.scales"); err != nil {
		return nil, err
	}
	flat, err := f.Float32s("net")
	if err != nil {
		return nil, err
	}
	if f.Has("reach") {
		reach, err := f.Float32s("reach")
		if err != nil {
			return nil, err
		}
		if len(reach) != 1 {
			return nil, fmt.Errorf("%w: %s: reach of %d numbers, want 1", weights.ErrFormat, f.Name, len(reach))
		}
		s.Reach = reach[0]
	}
	if len(flat) != s.Size() || len(table.Scales) != in.Rows() || len(table.Data) != in.Rows()*s.Width {
		return nil, fmt.Errorf("%w: %s: %d weights and %d rows, its shape wants %d and %d", weights.ErrFormat, f.Name,
			len(flat), len(table.Scales), s.Size(), in.Rows())
	}
	net := NewNet(s)
	copy(net.Flat, flat)
	e, err := newEncoder(cfg, net, table, in, classes)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", weights.ErrFormat, f.Name, err)
	}
	return e, nil
}

func loadClasses(f *weights.File) ([]Class, error) {
	upos, err := f.Strings("class.upos")
	if err != nil {
		return nil, err
	}
	xpos, err := f.Strings("class.xpos")
	if err != nil {
		return nil, err
	}
	if len(upos) != len(xpos) || len(upos) == 0 || len(upos) > 1024 {
		return nil, fmt.Errorf("%w: %s: %d and %d names of classes", weights.ErrFormat, f.Name, len(upos), len(xpos))
	}
	out := make([]Class, len(upos))
	for i := range out {
		u, ok := doc.ParseUPOS(upos[i])
		if !ok {
			return nil, fmt.Errorf("%w: %s: no part of speech %q", weights.ErrFormat, f.Name, upos[i])
		}
		out[i] = Class{u, xpos[i]}
	}
	return out, nil
}

// sameNames checks that a model was made for the vocabulary of this program:
// its classes are the numbers of the names.
func sameNames(f *weights.File, section string, want []string) error {
	got, err := f.Strings(section)
	if err != nil {
		return err
	}
	if len(got) != len(want) {
		return fmt.Errorf("%w: %s: %d names in %s, this program has %d", weights.ErrFormat, f.Name, len(got), section, len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			return fmt.Errorf("%w: %s: name %d of %s is %q, this program has %q", weights.ErrFormat, f.Name, i, section, got[i], want[i])
		}
	}
	return nil
}
