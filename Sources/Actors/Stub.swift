enum ActorsStub {}
