package train

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"readout/lang/name"
	"readout/lang/text"
)

// listsTable is described in data/README.md.
//
//go:embed data/lists.tsv
var listsTable string

var listNames = map[string]name.List{
	"cities": name.Cities, "places": name.Places, "given": name.Given,
	"surnames": name.Surnames, "people": name.People, "groups": name.Groups,
}

// nameLists makes the lists of the name finder from their table.
func nameLists(table string) (*name.Lists, error) {
	on := map[uint64]uint16{}
	line := 0
	for row := range strings.Lines(table) {
		line++
		c := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if line == 1 {
			continue
		}
		list, ok := listNames[c[0]]
		if len(c) != 3 || !ok {
			return nil, fmt.Errorf("lists.tsv:%d: want a list, a name and a source", line)
		}
		on[name.ListKey(text.Forms(c[1]))] |= 1 << list
	}
	keys := slices.Sorted(maps.Keys(on))
	sets := make([]uint16, len(keys))
	for i, k := range keys {
		sets[i] = on[k]
	}
	return name.NewLists(keys, sets), nil
}
