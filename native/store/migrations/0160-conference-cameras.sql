-- Cameras have places in conferences.
ALTER TABLE conferenceAttendance ADD COLUMN camera TEXT;
