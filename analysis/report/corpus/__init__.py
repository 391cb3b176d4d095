"""A whole corpus: analysed batch by batch, by one process or many, into Parquet files."""
