"""Why a turn is found at its rank, or is not found: the query taken apart, and each part asked of one turn."""
