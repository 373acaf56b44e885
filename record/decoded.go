package record

import (
	"bytes"
	"sync"
)

// decoded keeps values that were decoded not long ago: those that an article is
// compared with are much the same as those of the one before. They are not to be
// written. A value whose body changed is decoded anew.
type decoded struct {
	mu          sync.Mutex
	now, before map[string]decodedValue
}

type decodedValue struct {
	body  []byte
	value value
}

// decodedMost is how many values are kept of each of two generations: some 20 MB
// together.
const decodedMost = 2048

func (d *decoded) node(n *Node) (value, error) {
	d.mu.Lock()
	v, ok := d.now[n.ID]
	if !ok {
		v, ok = d.before[n.ID]
	}
	d.mu.Unlock()
	if !ok || !bytes.Equal(v.body, n.Body) {
		x, err := decodeNode(n)
		if err != nil {
			return value{}, err
		}
		v = decodedValue{n.Body, x}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.now) >= decodedMost || d.now == nil {
		d.now, d.before = map[string]decodedValue{}, d.now
	}
	d.now[n.ID] = v
	return v.value, nil
}
