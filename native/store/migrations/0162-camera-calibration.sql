-- What a mount must be told to look somewhere.
ALTER TABLE cameras ADD COLUMN ptzCalibration TEXT;
