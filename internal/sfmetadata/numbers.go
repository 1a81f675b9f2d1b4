package sfmetadata

import "math/big"

// ParseNumber reads a decimal number exactly.
func ParseNumber(text string) (number *big.Float, ok bool) {
	number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	return number, err == nil && !number.IsInf()
}

// Numeral writes a number as people do, unless that takes more digits than any number of Salesforce has.
func Numeral(number *big.Float) string {
	if exponent := number.MantExp(nil); exponent > 200 || exponent < -200 {
		return number.Text('g', 40)
	}
	return number.Text('f', -1)
}
