"""What reports and speakers say, compared: where they agree or clash."""
