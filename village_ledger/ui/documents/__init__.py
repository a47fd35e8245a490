"""票据登记: source documents, on their own page and at the voucher they belong to."""
