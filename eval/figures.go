package eval

import _ "embed"

// DevFigures is what 'readout eval all' prints for the embedded models, on
// development data: accuracy by field.
//
//go:embed testdata/dev.golden
var DevFigures string
