-- Where a kept login may be given: the addresses (JSON) it was entered for. What is kept already was meant for the address of this moment.
ALTER TABLE secret_cameras ADD COLUMN addresses TEXT;
UPDATE secret_cameras SET addresses = coalesce(
  (SELECT json_array(c.address, c.subAddress) FROM cameras c WHERE c.id = secret_cameras.camera),
  (SELECT json_array(p.address) FROM cameraPlatforms p WHERE p.id = secret_cameras.camera)
);
