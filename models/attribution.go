//go:build !openmodels

package models

import _ "embed" // the model of attributions is the only one that a build may lack

//go:embed en-attribution.bin
var attribution []byte
