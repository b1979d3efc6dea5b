-- Weather at the scene of an incident, as somebody told it.
CREATE TABLE sceneWeather (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, windFromDeg REAL, windSpeedMs REAL, windForce INTEGER, windForceTo INTEGER, temperatureC REAL, humidityPercent REAL, precipitation TEXT, precipitationMm REAL, stability TEXT, source TEXT, happenedAt TEXT, enteredAt INTEGER, enteredByName TEXT, isWithdrawn INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX sceneWeather_incident ON sceneWeather (incident);
