package export

import (
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/parquet-go/parquet-go"
)

// Parquet (https://parquet.apache.org/docs/file-format/): Text is STRING, Int
// INT64, Date DATE, Time TIMESTAMP in milliseconds UTC, List a LIST of STRING.
// What is not known is null; a list that has nothing is an empty list. Columns
// are compressed with Zstandard; a row group has at most 50,000 rows, which is
// what is held in memory.

const rowGroup = 50_000

// fields are the struct that a row is for the library: its tags are the schema.
func fields(t Table) reflect.Type {
	var out []reflect.StructField
	for i, c := range t.Columns {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i)}
		tag := ""
		switch c.Type {
		case Int:
			f.Type, tag = reflect.TypeFor[*int64](), ",optional"
		case Date:
			f.Type, tag = reflect.TypeFor[*int32](), ",optional,date"
		case Time:
			f.Type, tag = reflect.TypeFor[*int64](), ",optional,timestamp(millisecond)"
		case List:
			f.Type, tag = reflect.TypeFor[[]string](), ",list"
		default:
			f.Type, tag = reflect.TypeFor[*string](), ",optional"
		}
		f.Tag = reflect.StructTag(fmt.Sprintf(`parquet:"%s%s"`, c.Name, tag))
		out = append(out, f)
	}
	return reflect.StructOf(out)
}

type parquetTable struct {
	w     *parquet.GenericWriter[any]
	types []Type
	v     reflect.Value // a row, of fields
}

func newParquet(w io.Writer, t Table) (rowWriter, error) {
	p := &parquetTable{v: reflect.New(fields(t)).Elem()}
	for _, c := range t.Columns {
		p.types = append(p.types, c.Type)
	}
	p.w = parquet.NewGenericWriter[any](w, parquet.NewSchema(t.Name, parquet.SchemaOf(p.v.Addr().Interface())), parquet.Compression(&parquet.Zstd),
		parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("readout", "1", ""))
	return p, nil
}

func (p *parquetTable) row(row []any) error {
	p.v.SetZero()
	for i, v := range row {
		f := p.v.Field(i)
		switch v := v.(type) {
		case nil:
		case int:
			n := int64(v)
			f.Set(reflect.ValueOf(&n))
		case []string:
			f.Set(reflect.ValueOf(v))
		case string:
			if err := p.text(f, p.types[i], v); err != nil {
				return err
			}
		}
	}
	_, err := p.w.Write([]any{p.v.Addr().Interface()})
	return err
}

func (p *parquetTable) text(f reflect.Value, t Type, s string) error {
	if s == "" {
		return nil
	}
	switch t {
	case Date:
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return err
		}
		n := int32(at.Unix() / 86400)
		f.Set(reflect.ValueOf(&n))
	case Time:
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return err
		}
		n := at.UnixMilli()
		f.Set(reflect.ValueOf(&n))
	default:
		f.Set(reflect.ValueOf(&s))
	}
	return nil
}

func (p *parquetTable) close() error { return p.w.Close() }
