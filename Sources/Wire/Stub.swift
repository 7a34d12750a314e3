enum WireStub {}
